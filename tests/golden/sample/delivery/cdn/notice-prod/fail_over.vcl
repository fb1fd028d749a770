# A request that an origin could not answer goes once to another one of the director. Only what changes
# nothing: a POST that was half done must not be done again.
sub vcl_fetch {
  if ((beresp.status == 502 || beresp.status == 503 || beresp.status == 504)
      && req.restarts < 1 && (req.request == "GET" || req.request == "HEAD")) {
    restart;
  }
#FASTLY fetch
  return(deliver);
}

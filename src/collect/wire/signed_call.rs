//! Which call a signed request is.

use aws_sdk_ec2::config::http::HttpRequest;

use super::super::calls::Call;

/// What the wire shows of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SignedCall {
    pub(super) region: String,
    pub(super) call: Call,
}

/// The classic load balancers' version of the API, which shares service and operation with today's.
const CLASSIC: &str = "2012-06-01";

/// The call, from the signature's scope and the operation; `None` for anything that is not on the list.
pub(super) fn signed_call(request: &HttpRequest) -> Option<SignedCall> {
    // AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/SERVICE/aws4_request, ...
    let scope = request
        .headers()
        .get("authorization")?
        .split_once("Credential=")?
        .1;
    let mut parts = scope.split([',', '/']).skip(2);
    let (region, service) = (parts.next()?.to_owned(), parts.next()?);
    let call = match service {
        "monitoring" => {
            let path = request.uri().split('?').next()?;
            find("cloudwatch", path.rsplit('/').next()?, false)?
        }
        // AWS JSON: the operation is a header.
        "pricing" => find(
            service,
            request.headers().get("x-amz-target")?.rsplit('.').next()?,
            false,
        )?,
        _ => {
            let form = std::str::from_utf8(request.body().bytes()?).ok()?;
            let field = |name: &str| {
                form.split('&')
                    .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
            };
            find(service, field("Action")?, field("Version") == Some(CLASSIC))?
        }
    };
    Some(SignedCall { region, call })
}

fn find(service: &str, operation: &str, is_classic: bool) -> Option<Call> {
    let named = |call: &&Call| {
        call.action()
            .strip_prefix(service)
            .and_then(|rest| rest.strip_prefix(':'))
            == Some(operation)
            && (**call == Call::DescribeClassicLoadBalancers) == is_classic
    };
    Call::ALL.iter().find(named).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_smithy_types::body::SdkBody;

    fn request(service: &str, uri: &str, form: &str) -> HttpRequest {
        let mut request = HttpRequest::new(SdkBody::from(form));
        request.set_uri(uri.to_owned()).expect("an address");
        let signature = format!(
            "AWS4-HMAC-SHA256 Credential=AKID/20261123/eu-west-1/{service}/aws4_request, SignedHeaders=host, Signature=0"
        );
        request.headers_mut().insert("authorization", signature);
        request
    }

    fn call(service: &str, form: &str) -> Option<Call> {
        signed_call(&request(service, "http://127.0.0.1/", form)).map(|asked| asked.call)
    }

    #[test]
    fn a_request_is_known_by_its_signature_and_its_operation() {
        assert_eq!(
            call(
                "elasticbeanstalk",
                "Action=DescribeEnvironments&Version=2010-12-01"
            ),
            Some(Call::DescribeEnvironments)
        );
        assert_eq!(
            call(
                "elasticloadbalancing",
                "Action=DescribeLoadBalancers&Version=2015-12-01"
            ),
            Some(Call::DescribeLoadBalancers)
        );
        assert_eq!(
            call(
                "elasticloadbalancing",
                "Action=DescribeLoadBalancers&Version=2012-06-01"
            ),
            Some(Call::DescribeClassicLoadBalancers)
        );
        let cbor = "http://127.0.0.1/service/GraniteServiceVersion20100801/operation/GetMetricData";
        let asked = signed_call(&request("monitoring", cbor, "")).expect("a call");
        assert_eq!(
            (asked.call, asked.region.as_str()),
            (Call::GetMetricData, "eu-west-1")
        );
    }

    #[test]
    fn what_is_not_on_the_list_is_not_recognised() {
        assert_eq!(
            call(
                "elasticbeanstalk",
                "Action=RequestEnvironmentInfo&Version=2010-12-01"
            ),
            None
        );
        assert_eq!(
            call("elasticbeanstalk", "Action=TerminateEnvironment"),
            None
        );
        assert_eq!(call("ec2", "Action=DescribeEnvironments"), None);
        assert_eq!(call("s3", ""), None);
        assert_eq!(signed_call(&HttpRequest::empty()), None);
    }
}

variable "domain" {
  type        = string
  description = "The name that clients use: it is what moves, they do not."
}

variable "weights" {
  type        = map(number)
  description = "Share of each origin: today's environment (beanstalk) and each cluster. 0 takes an origin out."
  default = {
    beanstalk = 100
  }

  validation {
    condition     = anytrue([for weight in values(var.weights) : weight > 0])
    error_message = "At least one origin needs a weight above 0."
  }
}

variable "fastly_api_key" {
  type        = string
  sensitive   = true
  default     = null
  description = "Left out, the provider takes FASTLY_API_KEY."
}

provider "fastly" {
  api_key = var.fastly_api_key
}

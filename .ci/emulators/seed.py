"""Puts a small Beanstalk estate into moto, and its history into ministack.

moto answers few of Beanstalk's calls: what it cannot answer is for the collector what a missing permission
is on a real account. The groups and instances carry the tags that Beanstalk puts on them.

usage: seed.py MOTO_URL MINISTACK_URL
"""

import datetime
import hashlib
import math
import sys

import boto3

moto_url, ministack_url = sys.argv[1:3]
REGION = "ap-northeast-1"
PERIOD = 300
HOURS = 48


def client(service, url):
    return boto3.client(service, region_name=REGION, endpoint_url=url, aws_access_key_id="t", aws_secret_access_key="t")


beanstalk, ec2, scaling = client("elasticbeanstalk", moto_url), client("ec2", moto_url), client("autoscaling", moto_url)
elb, cloudwatch = client("elbv2", moto_url), client("cloudwatch", ministack_url)

subnets = ec2.describe_subnets()["Subnets"][:3]
image = next(image["ImageId"] for image in ec2.describe_images()["Images"] if image.get("Platform") != "windows")
now = datetime.datetime.now(datetime.timezone.utc).replace(minute=0, second=0, microsecond=0)

for application, stages in {"search": ["prod", "stg"], "booking": ["prod"], "mail": ["prod"]}.items():
    beanstalk.create_application(ApplicationName=application)
    for stage in stages:
        name = f"{application}-{stage}"
        beanstalk.create_environment(
            ApplicationName=application,
            EnvironmentName=name,
            SolutionStackName="64bit Amazon Linux 2023 v4.7.1 running Python 3.11",
            Tags=[{"Key": "Stack", "Value": stage}],
        )
        # moto gives environments no id; on AWS the tag is where it stands, too.
        identifier = "e-" + hashlib.sha256(name.encode()).hexdigest()[:10]
        group = f"awseb-{identifier}-stack-AWSEBAutoScalingGroup"
        scaling.create_launch_configuration(
            LaunchConfigurationName=name, ImageId=image, InstanceType="t3.small", InstanceMonitoring={"Enabled": False}
        )
        tags = {"elasticbeanstalk:environment-name": name, "elasticbeanstalk:environment-id": identifier, "Name": name}
        scaling.create_auto_scaling_group(
            AutoScalingGroupName=group,
            LaunchConfigurationName=name,
            MinSize=2,
            MaxSize=4,
            DesiredCapacity=2,
            VPCZoneIdentifier=",".join(subnet["SubnetId"] for subnet in subnets[:2]),
            Tags=[
                {"Key": key, "Value": value, "PropagateAtLaunch": True, "ResourceId": group, "ResourceType": "auto-scaling-group"}
                for key, value in tags.items()
            ],
        )
        elb.create_load_balancer(Name=name, Subnets=[subnet["SubnetId"] for subnet in subnets[:2]], Type="application")
        # By group, as Beanstalk's own guide configures the agent: moto's instances were launched just now.
        for namespace, metric, base in [("AWS/EC2", "CPUUtilization", 12.0), ("CWAgent", "mem_used_percent", 40.0)]:
            data = []
            for slot in range(HOURS * 3600 // PERIOD):
                time = now - datetime.timedelta(seconds=PERIOD * (slot + 1))
                data.append(
                    {
                        "MetricName": metric,
                        "Dimensions": [{"Name": "AutoScalingGroupName", "Value": group}],
                        "Timestamp": time,
                        "Value": base + 8.0 * (1 + math.sin(time.hour / 24 * 2 * math.pi)),
                        "Unit": "Percent",
                    }
                )
            for start in range(0, len(data), 500):
                cloudwatch.put_metric_data(Namespace=namespace, MetricData=data[start : start + 500])
print("seeded")

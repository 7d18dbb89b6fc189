#!/usr/bin/env python3
"""Writes what AWS's API models say about members and the Java SDK does not keep: which ones are
required, and how long or large they may be.

    limits.py aws-java-sdk-models-1.12.791.jar

The jar (com.amazonaws:aws-java-sdk-models, Apache License 2.0) has the models of the time of the SDK
that Mapwright bundles; the few services that it lacks are taken from botocore (Apache License 2.0).
Writes a small file for each service of MODELS into src/main/resources. A line is a structure, under
the name that its class has in the Java SDK, with those members of it that have something to say: `*`
where the member is required, `:min..max` where it has bounds. Of a request only the required members
are kept, of a response everything that can be reached from it.
"""

import json
import pathlib
import re
import sys
import zipfile

# The Java SDK's name of a service, and the models'.
MODELS = {
    "apigateway": "apigateway",
    "athena": "athena",
    "batch": "batch",
    "bedrock": "bedrock",
    "bedrockruntime": "bedrock-runtime",
    "cloudwatch": "monitoring",
    "cloudwatchlogs": "logs",
    "codebuild": "codebuild",
    "comprehend": "comprehend",
    "databrew": "databrew",
    "dynamodb": "dynamodb",
    "ecs": "ecs",
    "eks": "eks",
    "emr": "elasticmapreduce",
    "emrcontainers": "emr-containers",
    "emrserverless": "emr-serverless",
    "eventbridge": "eventbridge",
    "firehose": "firehose",
    "glue": "glue",
    "kinesis": "kinesis",
    "kms": "kms",
    "lambda": "lambda",
    "mediaconvert": "mediaconvert",
    "rdsdata": "rds-data",
    "redshiftdata": "redshift-data",
    "rekognition": "rekognition",
    "s3": "s3",
    "sagemaker": "sagemaker",
    "scheduler": "scheduler",
    "secretsmanager": "secretsmanager",
    "ses": "email",
    "sesv2": "sesv2",
    "sfn": "states",
    "sns": "sns",
    "sqs": "sqs",
    "ssm": "ssm",
    "sts": "sts",
    "textract": "textract",
    "transcribe": "transcribe",
    "translate": "translate",
}


def capitalised(name):
    return name[0].upper() + name[1:]


def bounds(shape):
    if "min" not in shape and "max" not in shape:
        return ""
    return ":%s..%s" % (shape.get("min", ""), shape.get("max", ""))


def members(shape, shapes, of_request):
    required = shape.get("required", [])
    for name, member in shape.get("members", {}).items():
        mark = "*" if name in required else ""
        limit = "" if of_request else bounds(shapes[member["shape"]])
        if mark or limit:
            yield name + mark + limit


def reach(name, shapes, reached):
    if name in reached:
        return
    shape = shapes[name]
    if shape["type"] == "structure":
        reached.add(name)
        for member in shape.get("members", {}).values():
            reach(member["shape"], shapes, reached)
    elif shape["type"] == "list":
        reach(shape["member"]["shape"], shapes, reached)
    elif shape["type"] == "map":
        reach(shape["value"]["shape"], shapes, reached)


def structures(model):
    shapes = model["shapes"]
    reached = set()
    for operation in model["operations"].values():
        name = capitalised(operation["name"])
        if "input" in operation:
            yield name + "Request", members(shapes[operation["input"]["shape"]], shapes, True)
        if "output" in operation:
            output = operation["output"]["shape"]
            yield name + "Response", members(shapes[output], shapes, False)
            reach(output, shapes, reached)
    for name in reached:
        yield capitalised(name), members(shapes[name], shapes, False)


def model(jar, name):
    of_service = re.compile(r"models/%s-\d{4}-\d\d-\d\d-model\.json" % re.escape(name))
    for entry in jar.namelist():
        if of_service.fullmatch(entry):
            return json.loads(jar.read(entry))
    from botocore.loaders import Loader

    return Loader().load_service_model(name, "service-2")


def main(jar, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for service, name in MODELS.items():
        lines = {}
        for structure, kept in structures(model(jar, name)):
            text = " ".join(kept)
            if text:
                lines[structure] = text
        text = "".join("%s %s\n" % line for line in sorted(lines.items()))
        (folder / (service + ".txt")).write_text(text)


if __name__ == "__main__":
    home = pathlib.Path(__file__).resolve().parent.parent
    with zipfile.ZipFile(sys.argv[1]) as models:
        main(models, home / "resources/dev/mapwright/adapters/services/sdk/limits")

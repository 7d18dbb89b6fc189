# What the examples do alike; their `run` scripts read it. They need the AWS CLI and `./mapwright serve`.
set -eu
cd "$(dirname "$0")"
export AWS_ENDPOINT_URL="${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}"
export AWS_DEFAULT_REGION="${AWS_DEFAULT_REGION:-us-east-1}"
export AWS_ACCESS_KEY_ID="${AWS_ACCESS_KEY_ID:-test}" AWS_SECRET_ACCESS_KEY="${AWS_SECRET_ACCESS_KEY:-test}"
export AWS_PAGER=
# Version 1 of the CLI asks SQS at AWS unless it is told on the command line.
aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }

role=arn:aws:iam::123456789012:role/any

# machine NAME: creates the state machine of NAME.asl.json, unless it is there.
machine() {
    machine_arn=$(aws stepfunctions create-state-machine --name "$1" --definition "file://$1.asl.json" \
        --role-arn "$role" --query stateMachineArn --output text)
}

# bucket NAME
bucket() {
    aws s3 mb "s3://$1" >/dev/null 2>&1 || aws s3api head-bucket --bucket "$1"
}

# table NAME KEY: a table with one key, a string.
table() {
    aws dynamodb describe-table --table-name "$1" >/dev/null 2>&1 ||
        aws dynamodb create-table --table-name "$1" --billing-mode PAY_PER_REQUEST \
            --attribute-definitions "AttributeName=$2,AttributeType=S" \
            --key-schema "AttributeName=$2,KeyType=HASH" >/dev/null
}

# python_function NAME: the function of NAME.py, with its `handler`.
python_function() {
    zip=$(mktemp -d)/$1.zip
    python3 -m zipfile -c "$zip" "$1.py"
    if aws lambda get-function --function-name "$1" >/dev/null 2>&1; then
        aws lambda update-function-code --function-name "$1" --zip-file "fileb://$zip" >/dev/null
    else
        aws lambda create-function --function-name "$1" --runtime python3.13 --handler "$1.handler" --timeout 60 \
            --zip-file "fileb://$zip" --role "$role" >/dev/null
    fi
    rm -r "$(dirname "$zip")"
}

# start INPUT: an execution of the machine created last.
start() {
    execution_arn=$(aws stepfunctions start-execution --state-machine-arn "$machine_arn" --input "$1" \
        --query executionArn --output text)
}

# ended: waits for it, and shows how it ended.
ended() {
    status=RUNNING
    while [ "$status" = RUNNING ]; do
        sleep 1
        status=$(aws stepfunctions describe-execution --execution-arn "$execution_arn" --query status --output text)
    done
    echo "$status"
    aws stepfunctions describe-execution --execution-arn "$execution_arn" \
        --query "output || join(': ', [not_null(error, status), not_null(cause, 'no cause')])" --output text
}

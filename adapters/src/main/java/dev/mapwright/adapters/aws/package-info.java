/// Ways to AWS's services: where a service is, and clients of the AWS SDK that go there.
package dev.mapwright.adapters.aws;

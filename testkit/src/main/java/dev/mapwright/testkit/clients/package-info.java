/// The AWS clients that the machine has: its AWS CLI, and its Python with boto3.
package dev.mapwright.testkit.clients;

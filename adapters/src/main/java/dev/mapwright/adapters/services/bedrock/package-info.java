/// The Task integration `bedrock:invokeModel`: what a model is given and gives may lie in S3.
package dev.mapwright.adapters.services.bedrock;

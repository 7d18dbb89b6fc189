/// The Task integrations `lambda:invoke` and the bare ARN of a function: the short way to
/// functions, without Lambda's API between.
package dev.mapwright.adapters.services.lambda;

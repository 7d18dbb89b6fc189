/// The Task integrations `aws-sdk:SERVICE:ACTION`, and the optimized ones that take the parameters
/// of a service's API, driven by what the AWS SDK says about itself: any service whose SDK module
/// is on the class path, without a table of its shapes.
package dev.mapwright.adapters.services.sdk;

/// What all optimized integrations add to a service's answers and errors: the traces of the older
/// AWS SDK with which Step Functions makes these calls.
package dev.mapwright.adapters.services.envelope;

/// The Task integration `sqs:sendMessage`: a call of the API, but for URLs that name no queue.
package dev.mapwright.adapters.services.sqs;

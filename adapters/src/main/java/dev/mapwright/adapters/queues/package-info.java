/// The built-in SQS: queues that are kept in the data folder.
package dev.mapwright.adapters.queues;

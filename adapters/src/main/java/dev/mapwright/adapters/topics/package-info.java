/// The built-in SNS: topics, their subscriptions, and what is on its way to them.
package dev.mapwright.adapters.topics;

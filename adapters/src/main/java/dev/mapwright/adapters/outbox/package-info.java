/// Messages on their way to other services: kept until they have arrived, or until they are given
/// up.
package dev.mapwright.adapters.outbox;

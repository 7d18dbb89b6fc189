/// The wire protocol of the built-in EventBridge: AWS JSON 1.1.
package dev.mapwright.server.events;

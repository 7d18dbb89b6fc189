/// What can be set, read once, and where each value came from.
package dev.mapwright.server.config;

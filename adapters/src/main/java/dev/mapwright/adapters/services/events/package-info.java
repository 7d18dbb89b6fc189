/// The Task integration `events:putEvents`.
package dev.mapwright.adapters.services.events;

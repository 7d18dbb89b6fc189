/// What Tasks can call: the table of all integrations.
package dev.mapwright.adapters.services;

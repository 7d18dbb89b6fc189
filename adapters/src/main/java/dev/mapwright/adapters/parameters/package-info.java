/// Values by name that workflows and functions look up: parameters and secrets.
package dev.mapwright.adapters.parameters;

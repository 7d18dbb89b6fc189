/// Running definitions durably. This root package holds the limits; the packages below it hold the
/// machine.
package dev.mapwright.engine;

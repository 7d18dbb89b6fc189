/// Functions at another Lambda, or at whatever speaks its API.
package dev.mapwright.adapters.functions.remote;

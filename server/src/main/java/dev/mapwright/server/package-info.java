/// The product: the composition root.
package dev.mapwright.server;

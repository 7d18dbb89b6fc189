/// Text as XML has it.
package dev.mapwright.server.xml;

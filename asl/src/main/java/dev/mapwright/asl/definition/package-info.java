/// State machines as records: eight states and what they are made of.
package dev.mapwright.asl.definition;

/// Messages that wait to be taken: durable, in order, again and again until they are done.
package dev.mapwright.adapters.backlog;

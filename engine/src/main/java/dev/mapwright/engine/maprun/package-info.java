/// One Distributed Map run, from reader to result writer; ports for items, objects, children.
package dev.mapwright.engine.maprun;

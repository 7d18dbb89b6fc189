/// What clients ask STS before anything else: in which account they are.
package dev.mapwright.server.sts;

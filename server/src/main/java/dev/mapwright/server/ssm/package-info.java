/// The API of the built-in parameter store of Systems Manager.
package dev.mapwright.server.ssm;

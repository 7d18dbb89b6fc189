/// The command line: commands, their options, and what they print. It talks to the engine over its
/// endpoint and sees none of its types.
package dev.mapwright.server.cli;

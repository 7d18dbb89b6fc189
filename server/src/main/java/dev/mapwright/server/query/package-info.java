/// The Query protocol: requests are forms, answers are XML.
package dev.mapwright.server.query;

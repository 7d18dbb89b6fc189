/// What services that speak AWS JSON have in common: requests read, checked and answered.
package dev.mapwright.server.awsjson;

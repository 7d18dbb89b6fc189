/// The Task integration `apigateway:invoke`: an API by its host.
package dev.mapwright.adapters.services.apigateway;

/// What is known of an action's parameters where no model of the AWS SDK describes them.
package dev.mapwright.adapters.services.form;

/// Items from a bucket's listing: what is known of each object, or the items inside of them.
package dev.mapwright.adapters.items.listing;

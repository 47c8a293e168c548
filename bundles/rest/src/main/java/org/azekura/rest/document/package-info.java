/** The OpenAPI document, made of the routes that are served. */
package org.azekura.rest.document;

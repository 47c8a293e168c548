/** What every call has: a route that says who may make it and what it means, a form for what is brought and answered, one for what is refused. */
package org.azekura.rest.call;

/** What a provider of identities says (OpenID Connect), asked for and checked. Knows no users and no catalog. */
package org.azekura.access.sso;

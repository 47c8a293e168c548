/** Who may do what: users, tokens, sign-on, requests, rules, the audit log. */
package org.azekura.cli.access;

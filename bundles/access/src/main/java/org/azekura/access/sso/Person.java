package org.azekura.access.sso;

import java.util.Set;

/**
 * Who the provider says somebody is.
 *
 * @param subject never given to anybody else
 * @param login   the name that he logs in by there, or his e-mail address; may be empty
 * @param shown   his name for people; may be empty
 * @param email   null unless the provider says that it has made sure of it
 * @param values  of the claim that roles are given by
 */
public record Person(String subject, String login, String shown, String email, Set<String> values) {}

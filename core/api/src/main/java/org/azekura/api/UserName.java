package org.azekura.api;

/** The name of somebody who logs in: 1 to 63 lower-case letters, digits, dots, underscores or hyphens, so that no two differ by their capitals only. */
public record UserName(String value) implements Comparable<UserName> {

    public UserName {
        Names.check("user", value);
        if (value.chars().anyMatch(Character::isUpperCase)) {
            throw new IllegalArgumentException("the name of a user has no capital letters, like \"ann\"; not \"" + value + "\"");
        }
    }

    @Override
    public int compareTo(UserName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

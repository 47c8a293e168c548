package org.azekura.packages;

/** Why a package will not do, in words that go on "…is refused: ". */
final class Flaw extends Exception {

    private static final long serialVersionUID = 1;

    Flaw(String why) {
        super(why, null, false, false);
    }
}

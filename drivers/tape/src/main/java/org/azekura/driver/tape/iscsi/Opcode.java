package org.azekura.driver.tape.iscsi;

/** First byte of a header, without the bit for immediate ones. */
final class Opcode {

    static final int NOP_OUT = 0x00;
    static final int COMMAND = 0x01;
    static final int LOGIN = 0x03;
    static final int DATA_OUT = 0x05;
    static final int LOGOUT = 0x06;
    static final int NOP_IN = 0x20;
    static final int RESPONSE = 0x21;
    static final int LOGIN_RESPONSE = 0x23;
    static final int DATA_IN = 0x25;
    static final int LOGOUT_RESPONSE = 0x26;
    static final int READY = 0x31;
    static final int EVENT = 0x32;
    static final int REJECT = 0x3f;

    static final int IMMEDIATE = 0x40;

    private Opcode() {}
}

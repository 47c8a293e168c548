package org.azekura.cli.sheet;

import java.util.HashMap;
import java.util.Map;

/** Letters of 5 × 7 dots: seven rows from the top, each a digit in base 32 whose highest bit is the leftmost dot. */
final class Letter {

    static final int WIDTH = 5;
    static final int HEIGHT = 7;

    /** For what has no letter here. */
    private static final String BOX = "vhhhhhv";
    private static final Map<Character, String> ALL = new HashMap<>();

    static {
        put("0 ehjlphe 1 4c4444e 2 eh1248v 3 v2421he 4 26aiv22 5 vgu11he 6 68guhhe 7 v124888 8 ehhehhe 9 ehhf12c");
        put("A ehhvhhh B uhhuhhu C ehggghe D sihhhis E vgguggv F vgguggg G ehgnhhf H hhhvhhh I e44444e J 72222ic K hikokih L ggggggv M hrllhhh");
        put("N hhpljhh O ehhhhhe P uhhuggg Q ehhhlid R uhhukih S fgge11u T v444444 U hhhhhhe V hhhhha4 W hhhllla X hha4ahh Y hhha444 Z v1248gv");
        put("a 00e1fhf b ggmphhu c 00egghe d 11djhhf e 00ehvge f 698s888 g 00fhf1e h ggmphhh i 40c444e j 20622ic k ggikoki l c44444e m 00qllhh");
        put("n 00mphhh o 00ehhhe p 00uhugg q 00djf11 r 00mpggg s 00ege1u t 88s8896 u 00hhhjd v 00hhha4 w 00hhlla x 00ha4ah y 00hhf1e z 00v248v");
        put(": 0cc0cc0 . 00000cc , 0000c48 - 000v000 _ 000000v = 00v0v00 \" aa00000 ( 2488842 ) 8422248 / 01248g0 ' 4480000");
        ALL.put(' ', "0000000");
    }

    private Letter() {}

    private static void put(String letters) {
        String[] words = letters.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            ALL.put(words[i].charAt(0), words[i + 1]);
        }
    }

    static boolean isInk(char letter, int x, int y) {
        int row = Character.digit(ALL.getOrDefault(letter, BOX).charAt(y), 32);
        return (row >> (WIDTH - 1 - x) & 1) != 0;
    }
}

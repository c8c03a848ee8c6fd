import Big from "big.js";
/* a comment
import gone from "gone";

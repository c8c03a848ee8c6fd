const text = `never ends ${Big}
import gone from "gone";

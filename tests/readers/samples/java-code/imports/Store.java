package org.example.device;

// import not.this.One;
/* import nor.This; */
import com.google.common.collect.ImmutableList;
import static org.junit.Assert.assertEquals;
import org.apache.logging.log4j.*;
import java.util.List;

public final class Store<T extends Comparable<T>> {
    private static final String TEXT = "import in.a.Text; \" com.text.Only ";
    private static final char QUOTE = '"';
    private static final String BLOCK = """
        import in.a.Block;
        "quoted" \""" still
        """;

    public Store(List<T> entries) {
        org.slf4j.Logger logger = org.slf4j.LoggerFactory.getLogger("x");
    }

    public Map<String, List<T>> grouped(String key, int most) throws IOException {
        Class.forName("org.sqlite.JDBC");
        Class.forName(key);
        return null;
    }

    void hidden() {}
}

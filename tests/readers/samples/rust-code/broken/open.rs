use nom::IResult;
/* outer /* inner */
use gone::One;

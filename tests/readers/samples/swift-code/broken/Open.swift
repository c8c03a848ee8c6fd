import Foundation
/* outer /* inner */
import Gone

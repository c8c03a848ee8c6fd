// import Commented
/* import Outer /* import Inner */ import Still */
import Foundation
import struct Alamofire.DataRequest
@testable import Device
@_exported import Logging; import Collections
public import Numerics

let text = "import Text \(name("import Inner"))"
let raw = #"import "Raw" "#
let block = """
import Block
"""

public func read(path: String, most: Int = 5) -> String { "" }
public struct Store {
    public init(path: String) {}
    public static func open(_ path: String) -> Store { Store(path: path) }
    func hidden() {}
}

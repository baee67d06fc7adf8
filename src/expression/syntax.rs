//! The syntax tree of an expression: its parts, and the names in it.

use minijinja::machinery::ast::{CallArg, Expr};

/// The expression that an argument is.
pub(super) fn argument<'e, 's>(argument: &'e CallArg<'s>) -> &'e Expr<'s> {
    match argument {
        CallArg::Pos(expr)
        | CallArg::Kwarg(_, expr)
        | CallArg::PosSplat(expr)
        | CallArg::KwargSplat(expr) => expr,
    }
}

/// Every name that an expression refers to, in the order in which they are written, whether or not
/// it is ever evaluated.
pub(super) fn names<'e>(expr: &'e Expr<'_>, found: &mut Vec<&'e str>) {
    if let Expr::Var(name) = expr {
        found.push(name.id);
    }
    for part in parts(expr) {
        names(part, found);
    }
}

fn parts<'e, 's>(expr: &'e Expr<'s>) -> Vec<&'e Expr<'s>> {
    match expr {
        Expr::Var(_) | Expr::Const(_) => Vec::new(),
        Expr::UnaryOp(op) => vec![&op.expr],
        Expr::BinOp(op) => vec![&op.left, &op.right],
        Expr::Compare(chain) => {
            std::iter::once(&chain.expr).chain(chain.ops.iter().map(|op| &op.expr)).collect()
        }
        Expr::IfExpr(choice) => [&choice.true_expr, &choice.test_expr]
            .into_iter()
            .chain(choice.false_expr.as_ref())
            .collect(),
        Expr::Filter(filter) => {
            filter.expr.iter().chain(filter.args.iter().map(argument)).collect()
        }
        Expr::Test(test) => {
            std::iter::once(&test.expr).chain(test.args.iter().map(argument)).collect()
        }
        Expr::GetAttr(get) => vec![&get.expr],
        Expr::GetItem(get) => vec![&get.expr, &get.subscript_expr],
        Expr::Slice(slice) => std::iter::once(&slice.expr)
            .chain([&slice.start, &slice.stop, &slice.step].into_iter().flatten())
            .collect(),
        Expr::Call(call) => {
            std::iter::once(&call.expr).chain(call.args.iter().map(argument)).collect()
        }
        Expr::List(list) => list.items.iter().collect(),
        Expr::Tuple(tuple) => tuple.items.iter().collect(),
        Expr::Map(map) => map.keys.iter().chain(&map.values).collect(),
    }
}

/// An expression as a dotted name: `values.go`. None for what is no name.
pub(super) fn dotted(expr: &Expr<'_>) -> Option<String> {
    match expr {
        Expr::Var(name) => Some(name.id.to_owned()),
        Expr::GetAttr(get) => Some(format!("{}.{}", dotted(&get.expr)?, get.name)),
        _ => None,
    }
}

package conformance

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
)

// A trigger's conditions are names of dependencies with &&, || and parentheses.
// Go's own parser reads them, once dashes are put out of the way.

const dash = "ⵧ" // a letter to Go, and in no name of Kubernetes

func parseConditions(text string) (ast.Expr, error) {
	return parser.ParseExpr(strings.ReplaceAll(text, "-", dash))
}

func conditionNames(text string) ([]string, error) {
	expr, err := parseConditions(text)
	if err != nil {
		return nil, err
	}
	var names []string
	ast.Inspect(expr, func(node ast.Node) bool {
		if ident, ok := node.(*ast.Ident); ok {
			names = append(names, strings.ReplaceAll(ident.Name, dash, "-"))
		}
		return true
	})
	return names, nil
}

// met tells whether the conditions hold when these dependencies have events.
func met(conditions string, has func(dependency string) bool) (bool, error) {
	expr, err := parseConditions(conditions)
	if err != nil {
		return false, err
	}
	return evaluate(expr, has)
}

func evaluate(expr ast.Expr, has func(string) bool) (bool, error) {
	switch expr := expr.(type) {
	case *ast.ParenExpr:
		return evaluate(expr.X, has)
	case *ast.Ident:
		return has(strings.ReplaceAll(expr.Name, dash, "-")), nil
	case *ast.BinaryExpr:
		left, err := evaluate(expr.X, has)
		if err != nil {
			return false, err
		}
		right, err := evaluate(expr.Y, has)
		if err != nil {
			return false, err
		}
		switch expr.Op {
		case token.LAND:
			return left && right, nil
		case token.LOR:
			return left || right, nil
		}
	}
	return false, fmt.Errorf("conditions know names, &&, || and parentheses only")
}

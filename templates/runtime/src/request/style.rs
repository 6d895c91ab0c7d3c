//! The styles of parameters.

/// How a parameter is written (OpenAPI 3.0.3, "Style Values"; RFC 6570). The `Exploded` forms are those with
/// `explode: true`. Where the tables of OpenAPI 3.0.3 and RFC 6570 differ (a list in the style `label`), RFC 6570 holds,
/// as the later patch releases of OpenAPI say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// `blue,black`; `R,100,G,200`. Paths and headers.
    Simple,
    /// `blue,black`; `R=100,G=200`.
    SimpleExploded,
    /// `.blue,black`; `.R,100,G,200`. Paths.
    Label,
    /// `.blue.black`; `.R=100.G=200`.
    LabelExploded,
    /// `;color=blue,black`; `;color=R,100,G,200`. Paths.
    Matrix,
    /// `;color=blue;color=black`; `;R=100;G=200`.
    MatrixExploded,
    /// `color=blue,black`; `color=R,100,G,200`. Queries and cookies.
    Form,
    /// `color=blue&color=black`; `R=100&G=200`.
    FormExploded,
    /// `color=blue%20black`. Queries.
    SpaceDelimited,
    /// `color=blue%7Cblack`. Queries.
    PipeDelimited,
    /// `color%5BR%5D=100&color%5BG%5D=200`. Queries. Objects inside go on with brackets, lists repeat the name.
    DeepObject,
    /// The whole value as JSON text: a parameter whose document gives it a `content` of JSON.
    Json,
}

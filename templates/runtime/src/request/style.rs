//! The styles of parameters.

/// How a parameter is written (OpenAPI 3.0.3, "Style Values"; RFC 6570). The `Exploded` forms are those with
/// `explode: true`. Where the tables of OpenAPI 3.0.3 and RFC 6570 differ (a list in the style `label`), RFC 6570 holds,
/// as the later patch releases of OpenAPI say.
///
/// Values in which the delimiter of their style could not be told from one between two values are refused before anything
/// is sent: a bar in [`PipeDelimited`](Self::PipeDelimited), a space in [`SpaceDelimited`](Self::SpaceDelimited), a comma
/// in a header's list. OpenAPI leaves it to each service how these are written; what a service wants can be given.
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
    /// `color=blue&color=black`; `R=100&G=200`. In cookies with `; ` for `&`.
    FormExploded,
    /// `color=blue%20black`. Queries.
    SpaceDelimited,
    /// `color=blue%7Cblack`. Queries.
    PipeDelimited,
    /// `color%5BR%5D=100&color%5BG%5D=200`. Queries. Objects inside go on with brackets; lists are `color%5B%5D=blue`, and of
    /// lists and objects `color%5B0%5D%5BR%5D=100`.
    DeepObject,
    /// The whole value as JSON text: a parameter whose document gives it a `content` of JSON.
    Json,
    /// The whole value as text: a parameter whose document gives it a `content` of text.
    Text,
}

//! Lists that come in pages: one stream over pages, one over their elements.

mod body;
mod next;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

pub(crate) use self::body::text_at;
use self::next::Course;
use crate::call::{BoxFuture, Call};
use crate::codec::{Decode, Patch};
use crate::error::{Error, ErrorKind, Failure};
use crate::response::Response;

/// An answer that is a page of a list. [`page!`](crate::page) implements it for objects with a list in them.
pub trait Page {
    /// What the list holds.
    type Item;

    /// The elements of this page; none where the answer came without a list.
    fn items_mut(&mut self) -> Option<&mut Vec<Self::Item>>;
}

/// The answer is the list.
impl<T> Page for Vec<T> {
    type Item = T;

    fn items_mut(&mut self) -> Option<&mut Vec<T>> {
        Some(self)
    }
}

/// There may be no answer, or no list in it.
impl<P: Page> Page for Option<P> {
    type Item = P::Item;

    fn items_mut(&mut self) -> Option<&mut Vec<P::Item>> {
        self.as_mut()?.items_mut()
    }
}

/// There may be no list, or null in its place.
impl<P: Page> Page for Patch<P> {
    type Item = P::Item;

    fn items_mut(&mut self) -> Option<&mut Vec<P::Item>> {
        match self {
            Self::Value(page) => page.items_mut(),
            _ => None,
        }
    }
}

/// Says which field of a type holds the elements of a page, and what they are.
///
/// ```
/// use client_runtime::{object, page};
///
/// object! {
///     pub struct Users {
///         optional results: Vec<String> = "results",
///     }
/// }
///
/// page! { Users: results -> String }
/// ```
#[macro_export]
macro_rules! page {
    ($name:ident : $items:ident -> $item:ty) => {
        impl $crate::Page for $name {
            type Item = $item;

            fn items_mut(&mut self) -> ::core::option::Option<&mut ::std::vec::Vec<$item>> {
                $crate::Page::items_mut(&mut self.$items)
            }
        }
    };
}

impl<T: Page + 'static, E: Decode + 'static> Call<T, E> {
    /// The answers to this request and to those for the pages behind it, one by one.
    ///
    /// Each page is a call of its own, with this one's timeouts, retries and headers. Where this request asks for a page,
    /// that is the first. It ends where the service says so or sends an empty page, and after an error. Of an operation
    /// that is not known to be paged, this answer is all there is.
    ///
    /// # Errors
    ///
    /// Those of each call, and [`ErrorKind::Paging`] where the way to the next page leads to another origin, or to a page
    /// that came before.
    pub fn pages(self) -> Pages<T, E> {
        Pages { course: Course::new(self.operation), call: Some(self), under_way: None }
    }

    /// The elements of this page and those behind it, one by one; see [`pages`](Self::pages).
    pub fn items(self) -> Items<T, E> {
        Items { pages: self.pages(), items: Vec::new().into_iter() }
    }

    /// The elements of this page and those behind it, at most so many.
    ///
    /// # Errors
    ///
    /// Those of [`pages`](Self::pages), and [`ErrorKind::TooLarge`] where there are more elements: a list is never cut
    /// short. To take the first ones of a list, stop reading [`items`](Self::items).
    pub async fn collect_all(self, limit: usize) -> Result<Vec<T::Item>, Error<E>> {
        let operation = self.operation;
        let mut pages = self.pages();
        let mut all = Vec::new();
        while let Some(page) = pages.next().await {
            let mut page = page?.into_value();
            all.append(page.items_mut().unwrap_or(&mut Vec::new()));
            if all.len() > limit {
                let message = format!("the list has more than {limit} elements");
                return Err(Error::new(Failure::new(ErrorKind::TooLarge, message).during(operation.id)));
            }
        }
        Ok(all)
    }
}

/// The pages of a list, made by [`Call::pages`]. It is a [`Stream`], and has a `next` of its own.
///
/// Nothing is asked for until a page is wanted. A `next` that is dropped loses no page: the next one goes on with the
/// request that is under way.
#[must_use = "nothing is sent until a page is asked for"]
pub struct Pages<T, E> {
    /// The call for the page that is wanted next; none at the end.
    call: Option<Call<T, E>>,
    under_way: Option<BoxFuture<'static, Result<Response<T>, Error<E>>>>,
    course: Course,
}

impl<T: Page + 'static, E: Decode + 'static> Pages<T, E> {
    /// The next page; none at the end.
    pub async fn next(&mut self) -> Option<Result<Response<T>, Error<E>>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response<T>, Error<E>>>> {
        let Some(call) = &self.call else {
            return Poll::Ready(None);
        };
        let under_way = self.under_way.get_or_insert_with(|| Box::pin(call.clone().response()));
        let outcome = ready!(under_way.as_mut().poll(context));
        self.under_way = None;
        Poll::Ready(Some(self.arrived(outcome)))
    }

    /// Prepares the call for the page behind the one that came.
    fn arrived(&mut self, outcome: Result<Response<T>, Error<E>>) -> Result<Response<T>, Error<E>> {
        let call = self.call.take();
        let mut page = outcome?;
        let count = page.value_mut().items_mut().map_or(0, |items| items.len());
        if let Some(mut call) = call {
            let next =
                call.request.and_then(|request| self.course.next(request, &call.extra_query, page.body(), count));
            // What is wrong with the way on comes after the page, which is as good as any.
            if let Some(request) = next.transpose() {
                call.request = request;
                self.call = Some(call);
            }
        }
        Ok(page)
    }
}

impl<T: Page + 'static, E: Decode + 'static> Stream for Pages<T, E> {
    type Item = Result<Response<T>, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

/// The elements of a list, made by [`Call::items`]. It is a [`Stream`], and has a `next` of its own.
///
/// A page is asked for when the elements of the one before are used up.
#[must_use = "nothing is sent until an element is asked for"]
pub struct Items<T: Page, E> {
    pages: Pages<T, E>,
    items: std::vec::IntoIter<T::Item>,
}

impl<T: Page + 'static, E: Decode + 'static> Items<T, E> {
    /// The next element; none at the end.
    pub async fn next(&mut self) -> Option<Result<T::Item, Error<E>>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T::Item, Error<E>>>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => {
                    let mut page = page.into_value();
                    self.items = page.items_mut().map(std::mem::take).unwrap_or_default().into_iter();
                }
            }
        }
    }
}

// Nothing in it is pinned but the call that is under way, which is in a box.
impl<T: Page, E> Unpin for Items<T, E> {}

impl<T: Page + 'static, E: Decode + 'static> Stream for Items<T, E> {
    type Item = Result<T::Item, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

/// Shows the operation only: requests and answers may hold secrets.
impl<T, E> fmt::Debug for Pages<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pages").field("operation", &self.course.operation.id).finish_non_exhaustive()
    }
}

/// Shows the operation only: requests and answers may hold secrets.
impl<T: Page, E> fmt::Debug for Items<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Items").field("operation", &self.pages.course.operation.id).finish_non_exhaustive()
    }
}

/// The services whose jobs a Task can wait for, `.sync`: a short description each, in `jobs.json`,
/// read by one integration.
///
/// A description has, under the resource `SERVICE:ACTION`: the API's own `action` and `request` and
/// `response`, where they are not the Task's; `preset` parameters; a `lookup` that finds the thing
/// with the Task's name, which is `$found` then; `refusals`, an array that has to be empty. For a
/// job then how to `describe` it, where its `state` is found, which states are `succeeded` and
/// which `failed`, or with which error it is `gone`; `exitCodes` that have to be 0; the `result`
/// and how to `stop` it. Texts like `$response.JobId` stand for a part of the request, the response
/// or the description.
package dev.mapwright.adapters.services.jobs;

// An S3 server on a folder, for tests and the trial cluster: s3rver, and what it lacks and our media store relies on.
//   node --openssl-legacy-provider server.js <folder> <port> <bucket> [<access key> <secret key>]
// Without the keys they come from S3_ACCESS_KEY and S3_SECRET_KEY: everybody on the machine can read a command line.
// (s3rver encrypts the tokens of long lists with DES.) Prints 'S3 ready at <url>' once it serves.
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs/promises');
const path = require('node:path');
const S3rver = require('@20minutes/s3rver');
const authentication = require('@20minutes/s3rver/lib/middleware/authentication')();
const AWSAccount = require('@20minutes/s3rver/lib/models/account');
const S3Error = require('@20minutes/s3rver/lib/models/error');

/** Whole or not at all, as S3 promises: s3rver writes into the object that readers see, and checks neither size nor digest. */
function makeAtomic(store, folder) {
  const putContent = store.putContent.bind(store);
  store.putContent = async (target, content) => {
    const unfinished = path.join(folder, `.unfinished-${crypto.randomUUID()}`);
    try {
      const [size, md5] = await putContent(unfinished, content);
      const { 'content-length': length, 'content-md5': digest } = content.headers ?? {};
      if (length !== undefined && Number(length) !== size) {
        throw new S3Error('IncompleteBody', 'The request body is shorter than its Content-Length.');
      }
      if (digest !== undefined && digest !== Buffer.from(md5, 'hex').toString('base64')) {
        throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.');
      }
      await fs.rename(unfinished, target);
      return [size, md5];
    } finally {
      await fs.rm(unfinished, { force: true });
    }
  };
}

/** s3rver lets unsigned requests pass, and computes another signature than clients do where a bucket's path ends in a slash. */
async function authenticate(ctx, bucket, key) {
  ctx.params = { bucket: !key && ctx.path.endsWith('/') ? `${bucket}/` : bucket, key };
  await authentication(ctx, () => Promise.resolve());
  if (!ctx.state.account) {
    throw new S3Error('AccessDenied', 'Access Denied');
  }
  delete ctx.headers.authorization; // or its routes check it again
}

/** If-Match, and no range of an object without bytes. */
async function preconditions(ctx, store, bucket, key) {
  const [wanted, range] = [ctx.get('if-match'), ctx.get('range')];
  if (key && (wanted || range) && (ctx.method === 'GET' || ctx.method === 'HEAD')) {
    const found = await store.getMetadata(bucket, key).catch(() => undefined);
    if (found && wanted && found.etag !== wanted) {
      throw new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', { Condition: 'If-Match' });
    }
    if (found && range && found['content-length'] === 0) {
      throw new S3Error('InvalidRange', 'The requested range is not satisfiable', { RangeRequested: range });
    }
  }
}

async function multipartUploads(store, bucket, prefix) {
  const folder = store.getResourcePath(bucket, undefined, 'uploads');
  const uploads = [];
  for (const id of await fs.readdir(folder).catch(() => [])) {
    const keyFile = path.join(folder, id, 'key');
    const [key, stat] = await Promise.all([fs.readFile(keyFile, 'utf8'), fs.stat(keyFile)]);
    if (key.startsWith(prefix)) {
      uploads.push({ Key: key, UploadId: id, Initiated: stat.mtime.toISOString() });
    }
  }
  return uploads.sort((a, b) => (a.Key < b.Key ? -1 : 1));
}

/** Before s3rver's routes: every request signed, If-Match, and the multipart requests that it does not know. */
function additions(store) {
  return async (ctx, next) => {
    const [, bucket, ...segments] = ctx.path.split('/').map(decodeURIComponent);
    const key = segments.join('/');
    await authenticate(ctx, bucket, key);
    await preconditions(ctx, store, bucket, key);

    const { uploadId } = ctx.query;
    const upload = uploadId && path.join(store.getResourcePath(bucket, undefined, 'uploads'), path.basename(uploadId));
    if (upload && !(await fs.stat(upload).catch(() => undefined))) {
      throw new S3Error('NoSuchUpload', 'The specified multipart upload does not exist.', { UploadId: uploadId });
    }
    if (upload && ctx.method === 'DELETE') {
      await fs.rm(upload, { recursive: true, force: true });
      ctx.status = 204;
    } else if (!key && ctx.method === 'GET' && 'uploads' in ctx.query) {
      ctx.body = {
        ListMultipartUploadsResult: {
          Bucket: bucket,
          IsTruncated: false,
          Upload: await multipartUploads(store, bucket, ctx.query.prefix ?? ''),
        },
      };
    } else {
      await next();
    }
  };
}

async function main([folder, port, bucket, accessKey = process.env.S3_ACCESS_KEY, secretKey = process.env.S3_SECRET_KEY]) {
  await fs.mkdir(folder, { recursive: true });
  AWSAccount.registry.clear();
  new AWSAccount(1, 'LipSync').createKeyPair(accessKey, secretKey);
  const server = new S3rver({
    directory: folder,
    address: '127.0.0.1',
    port: Number(port),
    silent: true,
    vhostBuckets: false,
    configureBuckets: [{ name: bucket }],
  });
  makeAtomic(server.store, folder);
  server.middleware.splice(-1, 0, additions(server.store));
  const address = await server.run();
  console.log(`S3 ready at http://${address.address}:${address.port}`);
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
